"""What makes a certificate provable: the token, the badge, the seal, and reading them back."""
