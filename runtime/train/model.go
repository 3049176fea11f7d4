package train

import (
	"errors"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// statePrefix leads to the parameters in every optimizer's state.
const statePrefix = "params."

// LoadModel fills params and scalers from the bytes of a safetensors file: a
// saved training, whatever its optimizer, or parameters and preprocessing
// alone. There is one scaler for each standardized column of spec, in order.
// Files that hold other parameters are refused; what the predictor needs is
// all that it links.
func LoadModel(file []byte, spec *data.Spec, params []checkpoint.Tensor, scalers ...*data.Scaler) error {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return err
	}
	return bothFit(LoadScalers(f, spec, scalers), loadParameters(f, spec.Name, params))
}

// ModelTensors names parameters and preprocessing as LoadModel reads them.
func ModelTensors(spec *data.Spec, params []checkpoint.Tensor, scalers ...*data.Scaler) []checkpoint.Tensor {
	return append(params[:len(params):len(params)], ScalerTensors(spec.Name, scalers)...)
}

// loadParameters fills params from a file that holds them alone or inside a
// state. The preprocessing of a data declaration may lie beside them.
func loadParameters(f *checkpoint.File, declaration string, params []checkpoint.Tensor) error {
	if declaration != "" {
		f = f.Without(declaration + ".")
	}
	if best := f.Sub(keptPrefix); len(best.Names()) > 0 {
		return best.LoadFinite(params)
	}
	names := f.Names()
	alone := len(params) > 0 && slices.Contains(names, params[0].Name)
	if !alone && slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, statePrefix) }) {
		f = f.Sub(statePrefix)
	}
	return f.LoadFinite(params)
}

// bothFit is one error of what differs in the preprocessing and in the
// parameters of a file.
func bothFit(scalers, parameters error) error {
	var a, b *checkpoint.MismatchError
	if errors.As(scalers, &a) && errors.As(parameters, &b) {
		both := *b
		both.Faults = append(slices.Clone(b.Faults), a.Faults...)
		return &both
	}
	if parameters != nil {
		return parameters
	}
	return scalers
}
