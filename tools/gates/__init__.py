"""The project's own gates. Each takes the checkout's folder, returns its faults, and exits 1 when there are any."""
