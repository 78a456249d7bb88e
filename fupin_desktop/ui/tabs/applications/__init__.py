"""村镇申报: the applications of town, villages, households and projects."""
