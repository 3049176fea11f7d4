// Package specs holds example specifications, the data that they train on,
// and the line that turns them into the packages of generated/.
package specs

//go:generate go run ../cmd/ctgen generate neuron.cat digits.cat mnist.cat screening/screening.cat bigram.cat gpt.cat recurrent.cat autoencoder.cat lenet.cat traces.cat
//go:generate go run ../cmd/ctgen generate --gradients wdbc.cat next_token.cat residual/residual.cat
