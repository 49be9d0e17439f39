package kronwood.chem;

import java.util.List;
import java.util.Set;
import kronwood.data.Cells;
import kronwood.data.Encoding;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.encode.EncoderState;
import kronwood.encode.EncoderType;
import kronwood.encode.SparseRows;
import org.jspecify.annotations.Nullable;

/**
 * Molecules written as SMILES: their fingerprints, compared by Tanimoto's coefficient.
 *
 * <p>{@code fingerprint=circular} are the extended connectivity fingerprints of Rogers and Hahn
 * (2010): the surroundings of each atom up to {@code radius=R} bonds away (2, which is ECFP4; 0 to
 * 3), hashed and folded to {@code bits=N} (2048). {@code counts=yes} tells how often each occurs;
 * {@code atoms=functions} tells atoms apart by what they do (FCFP). {@code pairs} are two atoms and
 * the number of bonds between them, {@code torsions} four atoms in a row; {@code maccs} are the 166
 * MACCS keys, {@code pubchem} the 881 of PubChem. {@code combined} has counts of circular
 * fingerprints of radius 3, and of atom pairs with a sixth of the weight.
 *
 * <p>Nothing here mentions a class of the Chemistry Development Kit, so that none is loaded before
 * there is a molecule.
 */
public final class SmilesType implements EncoderType {
  static final String KEY = "smiles";

  /** For the service loader. */
  public SmilesType() {}

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Set<String> options() {
    return Fingerprint.OPTIONS;
  }

  @Override
  public FeatureKernel kernel() {
    return FeatureKernel.TANIMOTO;
  }

  @Override
  public @Nullable String problem(Encoding encoding, @Nullable String cell) {
    return cell == null
        ? "the cell is empty, expected a molecule as SMILES"
        : Molecules.problem(cell.strip());
  }

  @Override
  public Encoder fit(Encoding encoding, Cells cells, int[] training) {
    return new Fitted(Fingerprint.of(encoding));
  }

  @Override
  public Encoder restore(EncoderState state) {
    return new Fitted(Fingerprint.of(new Encoding(state.type(), state.settings())));
  }

  private record Fitted(Fingerprint fingerprint) implements Encoder {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public Features encode(Cells cells) {
      SparseRows rows = new SparseRows(fingerprint.columns(), cells.entities());
      for (int e = 0; e < cells.entities(); e++) {
        String cell = cells.cell(e, 0);
        try {
          rows.add(Molecules.fingerprint(fingerprint, cell == null ? "" : cell.strip()));
        } catch (IllegalArgumentException notSmiles) {
          throw new IllegalArgumentException(
              "row " + (e + 1) + ": " + notSmiles.getMessage(), notSmiles);
        }
      }
      return rows.finish();
    }

    @Override
    public EncoderState state() {
      return new EncoderState(KEY, fingerprint.settings(), List.of(), new double[0]);
    }

    @Override
    public String description() {
      return "smiles, " + fingerprint.description();
    }
  }
}
