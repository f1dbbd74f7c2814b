"""Groups' meetings: the list by group, each meeting's pack and minutes, the decision register and the action log."""
