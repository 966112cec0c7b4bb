import './cluster.css';

/** What Nodes, zones and the tray of the Cluster picture look like, for who looks at it. */
export default function ClusterStyle() {
  return null;
}
