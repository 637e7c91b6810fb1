"""All figures, one after another."""

from benchmarks import broadcasts, taps

if __name__ == "__main__":
    taps.main()
    broadcasts.main()
