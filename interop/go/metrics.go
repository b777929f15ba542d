// What `promtool check metrics` does: Prometheus' own parser and linter over standard input.
package main

import (
	"bytes"
	"io"
	"os"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// Emits how many metrics and series there are, and what the linter has to say.
func checkMetrics() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		emit(map[string]any{"error": err.Error()})
		return
	}
	series := 0
	for _, family := range families {
		series += len(family.Metric)
	}
	found, err := promlint.New(bytes.NewReader(text)).Lint()
	if err != nil {
		emit(map[string]any{"error": err.Error()})
		return
	}
	problems := [][]string{}
	for _, problem := range found {
		problems = append(problems, []string{problem.Metric, problem.Text})
	}
	emit(map[string]any{"metrics": len(families), "series": series, "problems": problems})
}
