package runtime

// GeneratedV2 is the handshake between generated code and this runtime.
// Generated packages refer to it; a runtime whose conventions have moved on
// offers GeneratedV3 instead, so that stale generated code fails to compile
// at a name that says what to do: generate again.
const GeneratedV2 = true
