"""All figures, one after another."""

from benchmarks import taps

if __name__ == "__main__":
    taps.main()
