// Package sample writes text with trained models: whatever gives scores for the
// token that follows some others draws one token after the other.
package sample
