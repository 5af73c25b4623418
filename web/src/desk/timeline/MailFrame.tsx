import { useComputedColorScheme } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { frame_sandbox, mailDocument, paintsItself } from './mail_document';
import type { MailColours } from './mail_document';
import classes from './Timeline.module.css';

interface MailFrameProps {
  title: string;
  html: string;
}

const first_height = 24;
/** A mail that pretends to be endless is cut here and scrolls. */
const height_max = 20_000;

/** The text of a mail in a frame that runs nothing, as high as the text. */
export function MailFrame({ title, html }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(first_height);
  const scheme = useComputedColorScheme('light');
  const is_paper = scheme === 'dark' && paintsItself(html);
  const page = useMemo(() => mailDocument(html, is_paper ? paper : coloursOf(scheme)), [html, is_paper, scheme]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let observer: ResizeObserver | undefined;
    const handleLoad = () => {
      const body = element.contentDocument?.body;
      if (!body) return;
      const fit = () => setHeight(Math.min(height_max, Math.ceil(body.getBoundingClientRect().height)));
      observer?.disconnect();
      observer = new ResizeObserver(fit);
      observer.observe(body);
      observer.observe(element);
      fit();
    };
    element.addEventListener('load', handleLoad);
    handleLoad();
    return () => {
      element.removeEventListener('load', handleLoad);
      observer?.disconnect();
    };
  }, [page]);
  return (
    <div className={classes.frameGround} data-paper={is_paper || undefined}>
      <iframe ref={frame} className={classes.frame} title={title} sandbox={frame_sandbox} srcDoc={page} style={{ height, colorScheme: is_paper ? 'light' : scheme }} />
    </div>
  );
}

const paper: MailColours = { text: '#1b1b20', dim: '#5f5f6b', link: '#444dc0', ground: '#ffffff', border: '#d3d3da', scheme: 'light' };

function coloursOf(scheme: 'light' | 'dark'): MailColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: token('--text'), dim: token('--text-dim'), link: token('--accent-text'), ground: 'transparent',
    border: token('--border-strong'), scheme,
  };
}
