// Package serve answers HTTP requests with trained models: JSON in, JSON out.
// What comes in is decoded by the generated types themselves, so whatever does
// not lie in its object's set never reaches an arrow. A Service holds limits,
// health and metrics, Handle and HandleModel add arrows to it, Models holds the
// model that may be replaced under load, and Service.Run drains on SIGTERM.
//
// Generated packages do not import it, nor net/http; the program that serves
// does.
package serve
