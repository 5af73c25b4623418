import DOMPurify from 'dompurify';
import { useMemo } from 'react';
import classes from './SafeHtml.module.css';

/** HTML from the server, cleaned once more before it enters the page. */
export function SafeHtml({ html }: { html: string }) {
  const clean = useMemo(
    () => DOMPurify.sanitize(html, { USE_PROFILES: { html: true }, FORBID_TAGS: ['style', 'form'], FORBID_ATTR: ['style'] }),
    [html],
  );
  return <div className={classes.html} dangerouslySetInnerHTML={{ __html: clean }} />;
}
