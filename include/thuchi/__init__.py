"""Thu Chi: local news in, trustworthy fiscal figures out, every figure traceable to its words."""
