package runtime

// GeneratedV1 is the handshake between generated code and this runtime.
// Generated packages refer to it; a runtime whose conventions have moved on
// offers GeneratedV2 instead, so that stale generated code fails to compile
// at a name that says what to do: generate again.
const GeneratedV1 = true
