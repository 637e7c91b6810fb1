"""The subcommands of `pasito`, a file each."""
