// openapi.json, as the server gives it out at /v1/openapi.json.
#pragma once

namespace offline::intake {

extern const char* const openapi_document;

}  // namespace offline::intake
