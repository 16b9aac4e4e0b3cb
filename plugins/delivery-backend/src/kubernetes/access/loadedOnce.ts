/** What is loaded when it is first asked for, and again only after that has failed. */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (!loaded) {
      const loading = load();
      loading.catch(() => {
        loaded = undefined;
      });
      loaded = loading;
    }
    return loaded;
  };
}
