"""Many runs: blocks of lanes, the worker pool and its supervisor."""
