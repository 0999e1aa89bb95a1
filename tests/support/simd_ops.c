// Runs the operations of one instruction set; compiled once for each.
#include "tests/support/simd_ops.h"

#include "engine/voice/simd_math.h"

#define NAME_OF(prefix, suffix) prefix##suffix
#define NAME(prefix, suffix)    NAME_OF(prefix, suffix)

static vi as_vi(vf value) {
    return vi_from_vu(vf_as_bits(value));
}
static vf as_vf(vi value) {
    return vf_bits(vu_from_vi(value));
}

static vf apply(SimdOp op, vf a, vf b) {
    switch (op) {
    case SIMD_OP_add:
        return a + b;
    case SIMD_OP_subtract:
        return a - b;
    case SIMD_OP_multiply:
        return a * b;
    case SIMD_OP_divide:
        return a / b;
    case SIMD_OP_minimum:
        return vf_min(a, b);
    case SIMD_OP_maximum:
        return vf_max(a, b);
    case SIMD_OP_select_less:
        return vf_select(vm_or(vm_and(vf_less(a, b), vf_less(b, vf_set(1.0f))), vf_less(a, vf_set(-2.0f))), b,
                         a);
    case SIMD_OP_absolute:
        return vf_abs(a);
    case SIMD_OP_with_sign:
        return vf_with_sign(vf_abs(a), b);
    case SIMD_OP_floor:
        return vf_floor(a);
    case SIMD_OP_to_int:
        return as_vf(vi_from_vf(a));
    case SIMD_OP_from_int:
        return vf_from_vi(as_vi(a));
    case SIMD_OP_int_select_equal:
        return as_vf(vi_select(vi_equal(as_vi(a) & 3, as_vi(b) & 3), as_vi(a), vi_set(-7)));
    case SIMD_OP_int_shift:
        return vf_bits((vf_as_bits(a) << 13) ^ (vf_as_bits(b) >> 17));
    case SIMD_OP_mask_bits: {
        // Every sixteenth of the lanes: the mask must mean the same lane in every width.
        float out[SIMD_LANES] __attribute__((aligned(64)));
        for (uint32_t bits = 0; bits < 2; bits++) {
            uint32_t mask = bits ? 0xA5F3u : 0x0000u;
            vf_store(out, vf_select(vm_from_bits(mask), a, b));
            for (uint32_t lane = 0; lane < SIMD_LANES; lane++) {
                float fair = 0.0f;
                vf wanted = mask >> lane & 1u ? a : b;
                float all[SIMD_LANES] __attribute__((aligned(64)));
                vf_store(all, wanted);
                fair = all[lane];
                if (memcmp(&fair, &out[lane], sizeof fair) != 0) {
                    return vf_set(-1.0f); // seen as a difference from the reference
                }
            }
        }
        return vf_set(1.0f);
    }
    case SIMD_OP_any:
        return vm_any(vf_less(vf_abs(a), vf_set(0.0f))) || !vm_any(vi_equal(as_vi(a), as_vi(a)))
                   ? vf_set(-1.0f)
                   : vf_set(1.0f);
    case SIMD_OP_clamp:
        return vf_clamp(a, -1.5f, 2.5f);
    case SIMD_OP_exp2:
        return vf_exp2(a);
    case SIMD_OP_sin_turns:
        return vf_sin_turns(a);
    case SIMD_OP_tan_pi:
        return vf_tan_pi(a);
    case SIMD_OP_COUNT:
        break;
    }
    return vf_set(0.0f);
}

void NAME(simd_ops_, SIMD_SUFFIX)(SimdOp op, const uint32_t *a, const uint32_t *b, uint32_t *out) {
    for (int at = 0; at < SIMD_TEST_VALUES; at += SIMD_LANES) {
        vu_store(out + at, vf_as_bits(apply(op, vf_bits(vu_load(a + at)), vf_bits(vu_load(b + at)))));
    }
}

// The tree over 16 numbers from sums of SIMD_LANES of them.
static float tree(const float *parts, int count) {
    return count == 1 ? parts[0] : tree(parts, count / 2) + tree(parts + count / 2, count / 2);
}

void NAME(simd_sums_, SIMD_SUFFIX)(const uint32_t *rows, uint32_t *sums) {
    // Rows of 16 are cut into columns of SIMD_LANES, which the tile sum takes SIMD_LANES rows at a time.
    enum { ROW = 16, PARTS = ROW / SIMD_LANES };
    for (int first = 0; first < SIMD_TEST_VALUES / ROW; first += SIMD_LANES) {
        float part[PARTS][SIMD_LANES] __attribute__((aligned(64)));
        for (int column = 0; column < PARTS; column++) {
            float tile[SIMD_LANES * SIMD_LANES] __attribute__((aligned(64)));
            for (int row = 0; row < SIMD_LANES; row++) {
                memcpy(&tile[row * SIMD_LANES], &rows[(first + row) * ROW + column * SIMD_LANES],
                       SIMD_LANES * sizeof(float));
            }
            vf_store(part[column], vf_sum_rows(tile));
        }
        for (int row = 0; row < SIMD_LANES; row++) {
            float column[PARTS];
            for (int at = 0; at < PARTS; at++) {
                column[at] = part[at][row];
            }
            float sum = tree(column, PARTS);
            memcpy(&sums[first + row], &sum, sizeof sum);
        }
    }
}
