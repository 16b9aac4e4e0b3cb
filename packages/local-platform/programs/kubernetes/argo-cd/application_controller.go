package main

import (
	"context"
	"math"
	"os/signal"
	"syscall"
	"time"

	commitclient "github.com/argoproj/argo-cd/v3/commitserver/apiclient"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/controller"
	"github.com/argoproj/argo-cd/v3/controller/sharding"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	appclientset "github.com/argoproj/argo-cd/v3/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-cd/v3/pkg/ratelimiter"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	appstatecache "github.com/argoproj/argo-cd/v3/util/cache/appstate"
	"github.com/argoproj/argo-cd/v3/util/kube"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/argo-cd/v3/util/tls"
	"github.com/redis/go-redis/v9"
	"github.com/spf13/cobra"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

type applicationControllerOptions struct {
	kubeconfig     string
	namespace      string
	repoServer     string
	metricsAddress string
	resync         time.Duration
}

func newApplicationController() *cobra.Command {
	var options applicationControllerOptions
	var cacheSource func() (*appstatecache.Cache, error)
	var redisClient *redis.Client
	command := &cobra.Command{
		Use:           common.CommandApplicationController,
		SilenceUsage:  true,
		SilenceErrors: false,
		RunE: func(command *cobra.Command, _ []string) error {
			cache, err := cacheSource()
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(command.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			return runApplicationController(ctx, options, cache, redisClient)
		},
	}
	flags := command.Flags()
	flags.StringVar(&options.kubeconfig, "kubeconfig", "", "path of the kubeconfig file")
	flags.StringVar(&options.namespace, "namespace", "argocd", "namespace of Argo CD")
	flags.StringVar(&options.repoServer, "repo-server", "", "address of the repo server, without TLS")
	flags.StringVar(&options.metricsAddress, "metrics-address", "", "address of the metrics and health endpoint")
	flags.DurationVar(&options.resync, "app-resync", 2*time.Minute, "how often Git is asked for changes")
	cacheSource = appstatecache.AddCacheFlagsToCmd(command, cacheutil.Options{
		OnClientCreated: func(client *redis.Client) { redisClient = client },
	})
	return command
}

func runApplicationController(ctx context.Context, options applicationControllerOptions, cache *appstatecache.Cache, redisClient *redis.Client) error {
	config, err := clientcmd.BuildConfigFromFlags("", options.kubeconfig)
	if err != nil {
		return err
	}
	if err := v1alpha1.SetK8SConfigDefaults(config); err != nil {
		return err
	}
	client := kubernetes.NewForConfigOrDie(config)
	repoServer := apiclient.NewRepoServerClientset(options.repoServer, 60, tls.Configuration{DisableTLS: true})

	var instance *controller.ApplicationController
	manager := settings.NewSettingsManager(ctx, client, options.namespace, settings.WithRepoOrClusterChangedHandler(func() {
		instance.InvalidateProjectsCache()
	}))
	clusterSharding, err := sharding.GetClusterSharding(client, manager, common.DefaultShardingAlgorithm, false)
	if err != nil {
		return err
	}
	// The values that upstream's command has as defaults.
	rateLimits := ratelimiter.AppControllerRateLimiterConfig{
		BucketSize: 500, BucketQPS: math.MaxFloat64,
		BaseDelay: time.Millisecond, MaxDelay: time.Second, BackoffFactor: 1.5,
	}
	instance, err = controller.NewApplicationController(
		options.namespace, manager, client, appclientset.NewForConfigOrDie(config),
		repoServer, commitclient.NewCommitServerClientset(""),
		cache, kube.NewKubectl(),
		options.resync, 0, 0, 0, nil, 0, 3*time.Minute,
		0, 0, nil, nil, nil,
		20, false, clusterSharding, nil, &rateLimits, false, false,
		normalizers.IgnoreNormalizerOpts{}, argo.DefaultEnableEventList(), false,
	)
	if err != nil {
		return err
	}
	cacheutil.CollectMetrics(redisClient, instance.GetMetricsServer(), nil)
	instance.GetMetricsServer().Addr = options.metricsAddress
	instance.Run(ctx, 4, 4, 1)
	return nil
}
