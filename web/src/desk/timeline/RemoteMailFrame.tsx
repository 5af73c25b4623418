import { useRef, useState } from 'react';
import { frame_sandbox } from './mail_document';
import classes from './Timeline.module.css';

/**
 * The mail with its pictures from elsewhere, as a page of the server: our own page may load pictures from our
 * server alone, and what stands in it inherits that. A frame that may not be measured scrolls by itself.
 */
export function RemoteMailFrame({ title, address }: { title: string; address: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number | null>(null);
  const handleLoad = () => {
    const body = frame.current?.contentDocument?.body;
    if (body) setHeight(body.scrollHeight + 16);
  };
  return (
    <div className={classes.frameGround} data-paper>
      <iframe
        ref={frame}
        className={classes.frame}
        title={title}
        sandbox={frame_sandbox}
        referrerPolicy="no-referrer"
        src={address}
        onLoad={handleLoad}
        style={{ height: height ?? '60vh' }}
      />
    </div>
  );
}
