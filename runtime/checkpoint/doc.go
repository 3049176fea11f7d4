// Package checkpoint reads and writes models at rest as safetensors files:
// an 8-byte little-endian header length, a JSON header with the type, shape
// and place of each tensor, and the tensors' bytes.
//
// Names are slot paths (layer1.weight), never positions. Writing is
// deterministic; reading is strict, and names everything that does not fit
// in one error. Files carry a checksum. Where NumPy is to read a model by
// itself, an .npz archive holds the same. The format is described at
// https://huggingface.co/docs/safetensors.
package checkpoint
