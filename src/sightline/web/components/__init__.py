"""What pages are put together from: form fields, words for dates and ages, and small drawn things."""
