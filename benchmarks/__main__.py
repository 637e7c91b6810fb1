"""All figures, one after another."""

from benchmarks import broadcasts, certificates, start, taps

if __name__ == "__main__":
    start.main()
    taps.main()
    certificates.main()
    broadcasts.main()
