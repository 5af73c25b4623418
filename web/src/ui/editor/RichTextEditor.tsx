export function RichTextEditor({ html }: { label: string; html: string; onChange: (html: string) => void }) {
  return <p>{html}</p>;
}
