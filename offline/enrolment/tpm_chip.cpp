#include "offline/enrolment/security_chip.hpp"

#include <fmt/format.h>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>

#include <cstring>

namespace offline::enrolment {

namespace {

using base::FaultCode;

constexpr std::size_t secret_bytes_max = 128;   // MAX_SYM_DATA of the specification
constexpr std::size_t closed_bytes_max = 4096;  // two structures of a few hundred bytes each

base::Status checked(TSS2_RC code, const char* what) {
    if (code == TSS2_RC_SUCCESS) return {};
    return base::fail(FaultCode::KeyStoreUnavailable,
                      fmt::format("TPM {}: {}", what, Tss2_RC_Decode(code)));
}

struct Freed {
    template <class Thing>
    void operator()(Thing* thing) const {
        Esys_Free(thing);
    }
};
template <class Thing>
using Own = std::unique_ptr<Thing, Freed>;

// The connection, the storage key under the owner's seed, and a session whose parameters are
// encrypted on the bus. The same seed gives the same storage key again, so none is kept.
class Connection {
  public:
    Connection() = default;
    ~Connection() {
        if (session_ != ESYS_TR_NONE) Esys_FlushContext(esys_, session_);
        if (storage_ != ESYS_TR_NONE) Esys_FlushContext(esys_, storage_);
        if (esys_ != nullptr) Esys_Finalize(&esys_);
        if (tcti_ != nullptr) Tss2_TctiLdr_Finalize(&tcti_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    base::Status open(const std::string& way) {
        TRY_STATUS(checked(Tss2_TctiLdr_Initialize(way.c_str(), &tcti_), "is not reached"));
        TRY_STATUS(checked(Esys_Initialize(&esys_, tcti_, nullptr), "does not answer"));
        TRY_STATUS(make_storage_key());
        return begin_session();
    }
    ESYS_CONTEXT* esys() const { return esys_; }
    ESYS_TR storage() const { return storage_; }
    ESYS_TR session() const { return session_; }

  private:
    base::Status make_storage_key() {
        // The ECC template of the TCG's EK and provisioning guidance: P-256, AES-128-CFB.
        TPM2B_PUBLIC wanted{};
        auto& area = wanted.publicArea;
        area.type = TPM2_ALG_ECC;
        area.nameAlg = TPM2_ALG_SHA256;
        area.objectAttributes = TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT |
                                TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                                TPMA_OBJECT_SENSITIVEDATAORIGIN | TPMA_OBJECT_USERWITHAUTH |
                                TPMA_OBJECT_NODA;
        auto& ecc = area.parameters.eccDetail;
        ecc.symmetric.algorithm = TPM2_ALG_AES;
        ecc.symmetric.keyBits.aes = 128;
        ecc.symmetric.mode.aes = TPM2_ALG_CFB;
        ecc.scheme.scheme = TPM2_ALG_NULL;
        ecc.curveID = TPM2_ECC_NIST_P256;
        ecc.kdf.scheme = TPM2_ALG_NULL;
        const TPM2B_SENSITIVE_CREATE nothing{};
        const TPM2B_DATA no_data{};
        const TPML_PCR_SELECTION no_pcrs{};
        return checked(Esys_CreatePrimary(esys_, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE,
                                          ESYS_TR_NONE, &nothing, &wanted, &no_data, &no_pcrs,
                                          &storage_, nullptr, nullptr, nullptr, nullptr),
                       "makes no storage key");
    }
    base::Status begin_session() {
        TPMT_SYM_DEF symmetric{};
        symmetric.algorithm = TPM2_ALG_AES;
        symmetric.keyBits.aes = 128;
        symmetric.mode.aes = TPM2_ALG_CFB;
        TRY_STATUS(checked(Esys_StartAuthSession(esys_, storage_, ESYS_TR_NONE, ESYS_TR_NONE,
                                                 ESYS_TR_NONE, ESYS_TR_NONE, nullptr, TPM2_SE_HMAC,
                                                 &symmetric, TPM2_ALG_SHA256, &session_),
                           "begins no session"));
        constexpr TPMA_SESSION both_ways =
            TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT | TPMA_SESSION_CONTINUESESSION;
        return checked(Esys_TRSess_SetAttributes(esys_, session_, both_ways, 0xFF),
                       "takes no session");
    }

    TSS2_TCTI_CONTEXT* tcti_ = nullptr;
    ESYS_CONTEXT* esys_ = nullptr;
    ESYS_TR storage_ = ESYS_TR_NONE, session_ = ESYS_TR_NONE;
};

class TpmChip final : public SecurityChip {
  public:
    explicit TpmChip(std::string way) : way_(std::move(way)) {}

    base::Result<base::Bytes> close(const sealing::SecretBytes& secret) override {
        if (secret->size() > secret_bytes_max)
            return base::fail(FaultCode::InternalError, "more than a TPM keeps");
        Connection chip;
        TRY_STATUS(chip.open(way_));
        TPM2B_SENSITIVE_CREATE sensitive{};
        sensitive.sensitive.data.size = static_cast<UINT16>(secret->size());
        std::memcpy(sensitive.sensitive.data.buffer, secret->data(), secret->size());
        TPM2B_PUBLIC wanted{};
        wanted.publicArea.type = TPM2_ALG_KEYEDHASH;
        wanted.publicArea.nameAlg = TPM2_ALG_SHA256;
        wanted.publicArea.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
                                             TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA;
        wanted.publicArea.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
        const TPM2B_DATA no_data{};
        const TPML_PCR_SELECTION no_pcrs{};
        TPM2B_PRIVATE* made_private = nullptr;
        TPM2B_PUBLIC* made_public = nullptr;
        const auto code = Esys_Create(chip.esys(), chip.storage(), chip.session(), ESYS_TR_NONE,
                                      ESYS_TR_NONE, &sensitive, &wanted, &no_data, &no_pcrs,
                                      &made_private, &made_public, nullptr, nullptr, nullptr);
        base::wipe_memory(&sensitive, sizeof sensitive);
        const Own<TPM2B_PRIVATE> own_private(made_private);
        const Own<TPM2B_PUBLIC> own_public(made_public);
        TRY_STATUS(checked(code, "keeps nothing"));
        base::Bytes out(closed_bytes_max);
        std::size_t at = 0;
        TRY_STATUS(checked(
            Tss2_MU_TPM2B_PRIVATE_Marshal(own_private.get(), out.data(), out.size(), &at), "blob"));
        TRY_STATUS(checked(
            Tss2_MU_TPM2B_PUBLIC_Marshal(own_public.get(), out.data(), out.size(), &at), "blob"));
        out.resize(at);
        return out;
    }

    base::Result<sealing::SecretBytes> open(base::ByteView closed) override {
        TPM2B_PRIVATE kept_private{};
        TPM2B_PUBLIC kept_public{};
        std::size_t at = 0;
        TRY_STATUS(checked(
            Tss2_MU_TPM2B_PRIVATE_Unmarshal(closed.data(), closed.size(), &at, &kept_private),
            "blob"));
        TRY_STATUS(
            checked(Tss2_MU_TPM2B_PUBLIC_Unmarshal(closed.data(), closed.size(), &at, &kept_public),
                    "blob"));
        if (at != closed.size())
            return base::fail(FaultCode::KeyStoreUnavailable, "TPM blob: more behind it");
        Connection chip;
        TRY_STATUS(chip.open(way_));
        ESYS_TR object = ESYS_TR_NONE;
        TRY_STATUS(checked(Esys_Load(chip.esys(), chip.storage(), chip.session(), ESYS_TR_NONE,
                                     ESYS_TR_NONE, &kept_private, &kept_public, &object),
                           "is another one, or was cleared"));
        TPM2B_SENSITIVE_DATA* data = nullptr;
        const auto code =
            Esys_Unseal(chip.esys(), object, chip.session(), ESYS_TR_NONE, ESYS_TR_NONE, &data);
        Esys_FlushContext(chip.esys(), object);
        const Own<TPM2B_SENSITIVE_DATA> own(data);
        TRY_STATUS(checked(code, "gives nothing back"));
        sealing::SecretBytes out(base::Bytes(data->buffer, data->buffer + data->size));
        base::wipe_memory(data, sizeof *data);
        return out;
    }

  private:
    const std::string way_;
};

}  // namespace

std::unique_ptr<SecurityChip> tpm_chip(const std::string& way) {
    return std::make_unique<TpmChip>(way);
}

}  // namespace offline::enrolment
