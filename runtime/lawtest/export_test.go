package lawtest

// Race says whether the race detector is on.
const Race = race
