package main

import (
	"context"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/Knetic/govaluate"
	"github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/sensors/dependencies"
	"github.com/argoproj/argo-events/pkg/sensors/triggers"
	argoworkflow "github.com/argoproj/argo-events/pkg/sensors/triggers/argo-workflow"
	"github.com/argoproj/argo-events/pkg/shared/logging"
	"github.com/google/uuid"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// dispatch plays the event bus and the Sensor pods: it hands an event to every Sensor of the namespace and fires the
// triggers whose conditions the event alone fulfils.
func (g *gateway) dispatch(ctx context.Context, source *v1alpha1.EventSource, eventName string, data []byte) (int, error) {
	list, err := g.client.Resource(sensors).Namespace(source.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return 0, err
	}
	event := &v1alpha1.Event{
		Context: &v1alpha1.EventContext{
			ID:              uuid.NewString(),
			Source:          source.Name,
			Subject:         eventName,
			SpecVersion:     "1.0",
			Type:            string(v1alpha1.WebhookEvent),
			DataContentType: "application/json",
			Time:            metav1.Time{Time: time.Now()},
		},
		Data: data,
	}
	fired := 0
	for _, item := range list.Items {
		sensor, err := convert[v1alpha1.Sensor](&item)
		if err != nil {
			return fired, err
		}
		fulfilled := fulfilledDependencies(sensor, source.Name, eventName, event)
		for index := range sensor.Spec.Triggers {
			trigger := sensor.Spec.Triggers[index].DeepCopy()
			met, err := conditionsMet(sensor, trigger, fulfilled)
			if err != nil {
				return fired, fmt.Errorf("conditions of trigger %s: %w", trigger.Template.Name, err)
			}
			if !met {
				continue
			}
			if err := g.fire(ctx, sensor, trigger, fulfilled); err != nil {
				return fired, fmt.Errorf("trigger %s: %w", trigger.Template.Name, err)
			}
			fired++
		}
	}
	return fired, nil
}

func fulfilledDependencies(sensor *v1alpha1.Sensor, sourceName, eventName string, event *v1alpha1.Event) map[string]*v1alpha1.Event {
	fulfilled := map[string]*v1alpha1.Event{}
	for _, dependency := range sensor.Spec.Dependencies {
		if dependency.EventSourceName != sourceName || dependency.EventName != eventName {
			continue
		}
		passed, err := dependencies.Filter(event, dependency.Filters, dependency.FiltersLogicalOperator)
		if err != nil {
			log.Printf("sensor %s/%s, dependency %s: %v", sensor.Namespace, sensor.Name, dependency.Name, err)
		}
		if passed {
			fulfilled[dependency.Name] = event
		} else {
			log.Printf("sensor %s/%s, dependency %s: event discarded by the filter", sensor.Namespace, sensor.Name, dependency.Name)
		}
	}
	return fulfilled
}

// conditionsMet evaluates `spec.triggers[].template.conditions`; without conditions all dependencies are needed.
func conditionsMet(sensor *v1alpha1.Sensor, trigger *v1alpha1.Trigger, fulfilled map[string]*v1alpha1.Event) (bool, error) {
	names := make([]string, 0, len(sensor.Spec.Dependencies))
	values := map[string]any{}
	for _, dependency := range sensor.Spec.Dependencies {
		name := identifier(dependency.Name)
		names = append(names, name)
		values[name] = fulfilled[dependency.Name] != nil
	}
	expression := identifier(trigger.Template.Conditions)
	if expression == "" {
		expression = strings.Join(names, " && ")
	}
	program, err := govaluate.NewEvaluableExpression(expression)
	if err != nil {
		return false, err
	}
	result, err := program.Evaluate(values)
	if err != nil {
		return false, err
	}
	met, ok := result.(bool)
	return ok && met, nil
}

// identifier writes the dependency names of an expression without dashes, as Argo Events does.
func identifier(expression string) string {
	return strings.ReplaceAll(strings.TrimSpace(expression), "-", "_")
}

func (g *gateway) fire(ctx context.Context, sensor *v1alpha1.Sensor, trigger *v1alpha1.Trigger, fulfilled map[string]*v1alpha1.Event) error {
	if trigger.Template.ArgoWorkflow == nil {
		return fmt.Errorf("only triggers of type argoWorkflow are played")
	}
	if err := triggers.ApplyTemplateParameters(fulfilled, trigger); err != nil {
		return err
	}
	logger := logging.NewArgoEventsLogger().With("sensorName", sensor.Name)
	implementation := argoworkflow.NewArgoWorkflowTrigger(nil, g.client, sensor, trigger, logger)
	resource, err := implementation.FetchResource(ctx)
	if err != nil {
		return err
	}
	if resource, err = implementation.ApplyResourceParameters(fulfilled, resource); err != nil {
		return err
	}
	_, err = implementation.Execute(ctx, fulfilled, resource)
	return err
}
