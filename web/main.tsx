import "./design/tokens.css";
import "./design/base.css";
import "./design/layout.css";
import "./design/components.css";
import "./design/controls.css";
import "./design/table.css";
import "./design/chart.css";
import "./design/print.css";

import { render } from "preact";

import { Gate } from "./access/gate.tsx";

const root = document.getElementById("app");
if (root !== null) render(<Gate />, root);
