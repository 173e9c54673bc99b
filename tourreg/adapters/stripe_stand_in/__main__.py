import sys

from tourreg.adapters.stripe_stand_in.server import main

sys.exit(main())
