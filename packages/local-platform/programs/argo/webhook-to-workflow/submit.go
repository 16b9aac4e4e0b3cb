package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var workflows = schema.GroupVersionResource{Group: "argoproj.io", Version: "v1alpha1", Resource: "workflows"}

// submit is the one command of the `argo` program that a trigger runs: `argo -n NAMESPACE submit FILE`.
func submit(arguments []string) error {
	if len(arguments) != 4 || arguments[0] != "-n" || arguments[2] != "submit" {
		return fmt.Errorf("only `argo -n NAMESPACE submit FILE` is played, got %q", arguments)
	}
	content, err := os.ReadFile(arguments[3])
	if err != nil {
		return err
	}
	workflow := &unstructured.Unstructured{}
	if err := json.Unmarshal(content, &workflow.Object); err != nil {
		return err
	}
	client, err := clusterClient()
	if err != nil {
		return err
	}
	created, err := client.Resource(workflows).Namespace(arguments[1]).
		Create(context.Background(), workflow, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	fmt.Printf("submitted %s/%s\n", created.GetNamespace(), created.GetName())
	return nil
}

func linkArgoCommand(folder string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	link := filepath.Join(folder, "argo")
	if err := os.Remove(link); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.Symlink(self, link)
}
