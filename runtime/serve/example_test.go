package serve_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

// A model at a path. service.Run(ctx, ":8080") would serve it.
func Example() {
	weights, err := os.ReadFile("../../generated/testdata/wdbc.safetensors") // or embedded
	if err != nil {
		panic(err)
	}
	models, err := serve.NewModels(wdbc.LoadFit, weights)
	if err != nil {
		panic(err)
	}
	service := serve.New()
	serve.HandleModel(service, "/predict", models,
		func(_ context.Context, m *wdbc.FitModel, row wdbc.Features) (wdbc.Probability, error) {
			return m.Predict(m.PrepareFeatures(row)), nil
		})

	for _, body := range []string{
		`[13.54, 14.36, 87.46, 566.3, 0.09779, 0.08129, 0.06664, 0.04781, 0.1885, 0.05766, 0.2699, 0.7886, 2.058, 23.56, 0.008462,
		  0.0146, 0.02387, 0.01315, 0.0198, 0.0023, 15.11, 19.26, 99.7, 711.2, 0.144, 0.1773, 0.239, 0.1288, 0.2977, 0.07259]`,
		`[13.54, 14.36]`,
	} {
		request := httptest.NewRequest(http.MethodPost, "/predict", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		service.ServeHTTP(answer, request)
		fmt.Printf("%d %.4s\n", answer.Code, answer.Body)
	}
	// Output:
	// 200 0.92
	// 400 {"er
}

// An arrow without parameters, and a domain of two factors.
func ExampleHandle() {
	service := serve.New()
	serve.Handle(service, "/measure", func(_ context.Context, in serve.Pair[wdbc.Probability, wdbc.Diagnosis]) (wdbc.Loss, error) {
		return wdbc.Bce(in.First, in.Second), nil
	})
	for _, body := range []string{"[0.5, 1]", "[0.5, 2]", "[1.5, 1]"} {
		request := httptest.NewRequest(http.MethodPost, "/measure", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		service.ServeHTTP(answer, request)
		fmt.Print(answer.Code, " ", answer.Body)
	}
	// Output:
	// 200 0.6931472
	// 400 {"error":"Diagnosis: 2 is not in {0, 1}"}
	// 400 {"error":"Probability: 1.5 is not in [0, 1]"}
}
