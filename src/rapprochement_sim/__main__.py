"""``python -m rapprochement_sim`` is the same as ``rapprochement``."""

from rapprochement_sim.cli import main

if __name__ == "__main__":
    main()
