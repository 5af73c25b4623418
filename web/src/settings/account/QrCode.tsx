import qrcode from 'qrcode-generator';
import { useMemo } from 'react';
import classes from './QrCode.module.css';

const quiet_modules = 3;

/** A text as a QR code, black on white in every theme so that cameras read it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg className={classes.code} role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

function draw(text: string): { path: string; size: number } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1)
      if (code.isDark(row, column)) path += `M${column + quiet_modules} ${row + quiet_modules}h1v1h-1z`;
  return { path, size: count + quiet_modules * 2 };
}
