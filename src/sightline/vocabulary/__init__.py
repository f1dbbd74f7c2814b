"""The language that declarations are written in: Process, Stage, Step, Clock, Gate and roles; pure Python."""
