package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"

	"github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/eventsources/events"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
)

const (
	maxPayload        = 1 << 20
	rewriteAnnotation = "nginx.ingress.kubernetes.io/rewrite-target"
	eventSourceLabel  = "eventsource-name"
)

var (
	ingresses    = schema.GroupVersionResource{Group: "networking.k8s.io", Version: "v1", Resource: "ingresses"}
	services     = schema.GroupVersionResource{Version: "v1", Resource: "services"}
	eventSources = schema.GroupVersionResource{Group: "argoproj.io", Version: "v1alpha1", Resource: "eventsources"}
	sensors      = schema.GroupVersionResource{Group: "argoproj.io", Version: "v1alpha1", Resource: "sensors"}
)

// gateway plays the ingress controller and the EventSource pods: a request becomes an event.
type gateway struct{ client dynamic.Interface }

func (g *gateway) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	if request.URL.Path == "/healthz" {
		writer.WriteHeader(http.StatusOK)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, maxPayload))
	if err != nil || !json.Valid(body) {
		http.Error(writer, "the body must be JSON of at most 1 MiB", http.StatusBadRequest)
		return
	}
	source, event, err := g.findEvent(request.Context(), request.URL.Path, request.Method)
	if err != nil {
		log.Printf("%s %s: %v", request.Method, request.URL.Path, err)
		http.Error(writer, err.Error(), http.StatusNotFound)
		return
	}
	raw := json.RawMessage(body)
	data, err := json.Marshal(&events.WebhookEventData{Header: request.Header, Body: &raw})
	if err != nil {
		http.Error(writer, err.Error(), http.StatusInternalServerError)
		return
	}
	started, err := g.dispatch(request.Context(), source, event, data)
	if err != nil {
		log.Printf("event %s of %s/%s: %v", event, source.GetNamespace(), source.GetName(), err)
		http.Error(writer, err.Error(), http.StatusInternalServerError)
		return
	}
	log.Printf("event %s of %s/%s: %d trigger(s) fired", event, source.GetNamespace(), source.GetName(), started)
	fmt.Fprintln(writer, "success")
}

// findEvent follows Ingress → Service → EventSource to the event that listens on a path.
func (g *gateway) findEvent(ctx context.Context, path, method string) (*v1alpha1.EventSource, string, error) {
	list, err := g.client.Resource(ingresses).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, "", err
	}
	for _, item := range list.Items {
		ingress, err := convert[networkingv1.Ingress](&item)
		if err != nil {
			return nil, "", err
		}
		backend := backendFor(ingress, path)
		if backend == nil {
			continue
		}
		source, err := g.eventSourceBehind(ctx, ingress.Namespace, backend.Name)
		if err != nil {
			return nil, "", err
		}
		endpoint := path
		if rewritten := ingress.Annotations[rewriteAnnotation]; rewritten != "" {
			endpoint = rewritten
		}
		for name, webhook := range source.Spec.Webhook {
			if webhook.Endpoint == endpoint && (webhook.Method == "" || webhook.Method == method) {
				return source, name, nil
			}
		}
		return nil, "", fmt.Errorf("EventSource %s/%s has no webhook for %s %s", source.Namespace, source.Name, method, endpoint)
	}
	return nil, "", fmt.Errorf("no Ingress in the cluster has the path %s", path)
}

func backendFor(ingress *networkingv1.Ingress, path string) *networkingv1.IngressServiceBackend {
	for _, rule := range ingress.Spec.Rules {
		if rule.HTTP == nil {
			continue
		}
		for _, candidate := range rule.HTTP.Paths {
			exact := candidate.PathType == nil || *candidate.PathType != networkingv1.PathTypePrefix
			if candidate.Path == path || (!exact && strings.HasPrefix(path, strings.TrimSuffix(candidate.Path, "/")+"/")) {
				return candidate.Backend.Service
			}
		}
	}
	return nil
}

func (g *gateway) eventSourceBehind(ctx context.Context, namespace, serviceName string) (*v1alpha1.EventSource, error) {
	object, err := g.client.Resource(services).Namespace(namespace).Get(ctx, serviceName, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	service, err := convert[corev1.Service](object)
	if err != nil {
		return nil, err
	}
	name := service.Spec.Selector[eventSourceLabel]
	if name == "" {
		return nil, fmt.Errorf("Service %s/%s selects no EventSource by the label %s", namespace, serviceName, eventSourceLabel)
	}
	object, err = g.client.Resource(eventSources).Namespace(namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	source, err := convert[v1alpha1.EventSource](object)
	if err != nil {
		return nil, err
	}
	// A pod would exist only then.
	if !source.Status.IsReady() {
		return nil, fmt.Errorf("EventSource %s/%s is not deployed", namespace, name)
	}
	return source, nil
}

func convert[T any](object *unstructured.Unstructured) (*T, error) {
	var typed T
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &typed); err != nil {
		return nil, fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err)
	}
	return &typed, nil
}
