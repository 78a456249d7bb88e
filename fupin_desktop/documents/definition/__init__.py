"""Forms as data: what a ``form.toml`` says, read strictly."""
