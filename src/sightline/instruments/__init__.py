"""Sets of questions that many agencies answer: what is asked, what was answered, and how it was scored beside that."""
