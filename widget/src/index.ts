import { Companion } from "./companion";

if (!customElements.get("cancer-companion")) customElements.define("cancer-companion", Companion);
