"""The tab 奖补测算: a scheme, its awards and where each of them comes from."""
