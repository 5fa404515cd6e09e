"""What is known of languages, as data: `CODE/TABLE.toml`, one file a language and a subject; `mul` holds for all."""
