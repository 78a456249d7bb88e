"""The sample office: invented people in real places, one year of awards, for trying the program out."""
