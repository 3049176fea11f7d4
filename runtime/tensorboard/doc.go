// Package tensorboard writes event files, as TensorBoard reads them: scalars and
// histograms by step. The forms are those of TensorFlow's event.proto,
// summary.proto and histogram.proto, in records with a masked CRC-32C.
package tensorboard
