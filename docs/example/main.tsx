/** A page of somebody else's: two designs side by side, one to be looked at and one to be changed, and the core alone. */
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { compare, startCore, validate } from 'drydock';
import { Drydock } from 'drydock/react';
import type { DesignFile } from 'drydock/react';

const SHOP: readonly DesignFile[] = [
  {
    path: 'shop.yaml',
    content: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  # Two, so that one may go.
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
`,
  },
];

function Page() {
  const [files, setFiles] = useState(SHOP);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [editor, setEditor] = useState(true);
  const said = useSaid(files);
  const [run, setRun] = useState('');

  const rehearse = async () => {
    const core = startCore();
    const { settled, timeMs, objects } = await core.simulate(files, { nodes: 2 });
    core.end();
    const pods = objects.filter(({ kind }) => kind === 'Pod').length;
    setRun(`${settled ? 'settled' : 'still moving'} after ${timeMs / 1000} s with ${pods} Pods`);
  };

  return (
    <main>
      <h1>Our shop</h1>
      <p>As it runs today:</p>
      <Drydock className="design" title="Today" files={SHOP} theme="light" />
      <p>
        As you would have it: <output id="said">{said}</output>
      </p>
      {editor && (
        <Drydock
          className="design tall"
          title="Your shop"
          editable
          files={files}
          theme="dark"
          onChange={setFiles}
          onSelect={setChosen}
        />
      )}
      <p>
        <button className="button" onClick={() => setEditor(!editor)}>
          {editor ? 'Put the editor away' : 'Fetch the editor'}
        </button>{' '}
        <button className="button" onClick={() => void rehearse()}>
          Rehearse it
        </button>{' '}
        <output id="run">{run}</output>
      </p>
      <p>
        Chosen: <output id="chosen">{chosen.join(', ')}</output>
      </p>
      <pre id="yaml">{files.map(({ content }) => String(content)).join('---\n')}</pre>
    </main>
  );
}

/** What an API server would say, and what became different. */
function useSaid(files: readonly DesignFile[]): string {
  const [said, setSaid] = useState('');
  useEffect(() => {
    let current = true;
    void Promise.all([validate(files), compare(SHOP, files)]).then(([{ objects }, { differences }]) => {
      const refused = objects.filter(({ valid }) => valid === false);
      const words = differences.map(({ id, change, fields }) => `${id} ${change} (${fields.length})`);
      if (current)
        setSaid(
          `${objects.length - refused.length} of ${objects.length} accepted; ${words.join(', ') || 'nothing changed'}`,
        );
    });
    return () => {
      current = false;
    };
  }, [files]);
  return said;
}

createRoot(document.getElementById('root')!).render(<Page />);
