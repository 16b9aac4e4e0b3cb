package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

func get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	response := httptest.NewRecorder()
	newHandler().ServeHTTP(response, httptest.NewRequest(http.MethodGet, path, nil))
	return response
}

func TestSaysHello(t *testing.T) {
	response := get(t, "/")
	var body struct{ Message string }
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	if response.Code != http.StatusOK || body.Message != "Hello from ${{ values.name }}" {
		t.Errorf("got %d %q", response.Code, body.Message)
	}
}

func TestIsHealthy(t *testing.T) {
	if code := get(t, "/healthz").Code; code != http.StatusNoContent {
		t.Errorf("got %d", code)
	}
}

func TestKnowsNoOtherPath(t *testing.T) {
	if code := get(t, "/elsewhere").Code; code != http.StatusNotFound {
		t.Errorf("got %d", code)
	}
}
