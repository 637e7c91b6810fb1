"""All figures, one after another."""

from benchmarks import certificates, taps

if __name__ == "__main__":
    certificates.main()
    taps.main()
