// What a look at a terminal found, as the two papers that come of it: the content of a service
// record and the report for people. Pure.
#pragma once

#include "documents/documents.hpp"
#include "domain/identifiers.hpp"
#include "offline/papers/service_record.hpp"
#include "provisioning/diagnostics/check.hpp"
#include "provisioning/diagnostics/machine.hpp"

#include <optional>
#include <string>
#include <vector>

namespace provisioning::diagnostics {

struct Findings {
    offline::papers::ServiceKind kind = offline::papers::ServiceKind::inspection;
    base::Instant at{};
    std::string terminal;  // its number
    domain::Realm realm{};
    std::string technician;  // a label; empty: not said
    std::string software;
    MachineFacts machine;
    std::vector<std::string> devices;  // device_lines()
    std::vector<Check> checks;
};

// Lines that are longer than a record takes are cut at a character.
offline::papers::ServiceContent content_of(const Findings& findings);
// What a record's content was made of, as far as it is in it. BytesMalformed.
base::Result<Findings> findings_of(const offline::papers::ServiceContent& content,
                                   const std::string& terminal, domain::Realm realm);
// `signed_as`: the record's number and the beginning of its digest; none: it could not be signed,
// which the paper then says.
documents::ReportDocument report_of(const Findings& findings,
                                    const std::optional<std::string>& signed_as);

}  // namespace provisioning::diagnostics
