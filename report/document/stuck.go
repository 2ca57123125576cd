package document

import "waza/report"

// silence says that nobody was silent for too long, where balancers pass such workers by. Whether a service may last for so long is not known
// beforehand. Of proxies, which may be passed by, too, it is not counted.
func (d Document) silence(r *report.Result) []note {
	for _, s := range d.Config {
		if s.Name == "stuck" && s.Value != nil && r.Stuck == 0 && len(r.Proxies) == 0 {
			return []note{plain("--stuck changed nothing: no worker that held something was silent for so long")}
		}
	}
	return nil
}
