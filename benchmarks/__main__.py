"""All figures, one after another."""

from benchmarks import broadcasts, certificates, taps

if __name__ == "__main__":
    taps.main()
    certificates.main()
    broadcasts.main()
