/** Hands a text to the browser as a file to be saved. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has begun to read by then; it must not be taken away earlier.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
