"""Speed and size as ratios side by side in one run; started by ``dev.py bench``, never by the tests."""
