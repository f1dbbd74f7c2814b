"""Files with people in them: asked for with a purpose, agreed to by a second person where needed, taken for a day."""
